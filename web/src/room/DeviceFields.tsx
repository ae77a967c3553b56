import { devices, NONE, type Device } from '../devices';
import { ChoiceField } from '../ui/Field';

const WORDS = {
  microphone: { label: 'Microphone', none: 'No microphone', standard: 'Standard microphone' },
  camera: { label: 'Camera', none: 'No camera', standard: 'Standard camera' },
} as const;

/** Which microphone and which camera, none being possible for both. */
export function DeviceFields() {
  return (
    <div class="device-fields">
      <DeviceField device={devices.microphone} />
      <DeviceField device={devices.camera} />
    </div>
  );
}

function DeviceField({ device }: { device: Device }) {
  const words = WORDS[device.kind];
  const listed = device.choices.value.map((info, index) => ({
    value: info.deviceId,
    label: info.label || `${words.label} ${index + 1}`,
  }));
  const inUse = device.track.value?.getSettings().deviceId;
  const known = (id: string | undefined) => id !== undefined && listed.some((choice) => choice.value === id);
  const standard = listed.length === 0 ? [{ value: '', label: words.standard }] : [];
  const chosen = device.chosen.value;
  const value = chosen === NONE ? NONE : known(inUse) ? inUse! : known(chosen) ? chosen : (listed[0]?.value ?? '');
  return (
    <ChoiceField
      label={words.label}
      value={value}
      choices={[...listed, ...standard, { value: NONE, label: words.none }]}
      disabled={device.state.value === 'starting'}
      testid={`${device.kind}-select`}
      onChange={(id) => void devices.choose(device.kind, id)}
    />
  );
}
