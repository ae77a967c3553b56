import { devices, remedy, troubles, type Device } from '../devices';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Field';
import { say } from '../words';

interface DeviceTroublesProps {
  of: Device[];
  dismissable?: boolean;
}

/** What stands between this person and their devices, and the way round it. */
export function DeviceTroubles({ of, dismissable }: DeviceTroublesProps) {
  return (
    <>
      {troubles(of).map(({ trouble, kinds }) => (
        <Notice
          key={trouble}
          kind="trouble"
          testid={`${kinds.join('-')}-trouble`}
          actions={
            trouble !== 'insecure' && (
              <>
                {dismissable && (
                  <Button look="quiet" onClick={() => kinds.forEach((kind) => devices.of(kind).forgive())}>
                    {say('device.goOn')}
                  </Button>
                )}
                <Button look="quiet" onClick={() => void devices.open(kinds)}>
                  {say('do.again')}
                </Button>
              </>
            )
          }
        >
          {remedy(kinds, trouble)}
        </Notice>
      ))}
    </>
  );
}
