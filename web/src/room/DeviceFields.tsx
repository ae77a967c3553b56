import { devices, NONE, type Device } from '../devices';
import { ChoiceField } from '../ui/Field';
import { say } from '../words';

const WORDS = {
  microphone: { label: 'device.microphone', none: 'device.microphoneNone', standard: 'device.microphoneStandard' },
  camera: { label: 'device.camera', none: 'device.cameraNone', standard: 'device.cameraStandard' },
} as const;

/** Which microphone and which camera, none being possible for both. */
export function DeviceFields({ camera }: { camera: boolean }) {
  return (
    <div class="device-fields">
      <DeviceField device={devices.microphone} />
      {camera && <DeviceField device={devices.camera} />}
    </div>
  );
}

function DeviceField({ device }: { device: Device }) {
  const words = WORDS[device.kind];
  const listed = device.choices.value.map((info, index) => ({
    value: info.deviceId,
    label: info.label || say('device.number', { device: say(words.label), number: index + 1 }),
  }));
  const inUse = device.track.value?.getSettings().deviceId;
  const known = (id: string | undefined) => id !== undefined && listed.some((choice) => choice.value === id);
  const standard = listed.length === 0 ? [{ value: '', label: say(words.standard) }] : [];
  const chosen = device.chosen.value;
  const value = chosen === NONE ? NONE : known(inUse) ? inUse! : known(chosen) ? chosen : (listed[0]?.value ?? '');
  return (
    <ChoiceField
      label={say(words.label)}
      value={value}
      choices={[...listed, ...standard, { value: NONE, label: say(words.none) }]}
      disabled={device.state.value === 'starting'}
      testid={`${device.kind}-select`}
      onChange={(id) => void devices.choose(device.kind, id)}
    />
  );
}
