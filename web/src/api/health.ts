import { call } from './call';

export type HealthState = 'ok' | 'warning' | 'bad';

export interface HealthPart {
  state: HealthState;
  reason: string | null;
  sentence: string;
}

export interface JobFailure {
  kind: string;
  subject: string;
  at: string;
  attempt: number;
  givenUp: boolean;
  error: string;
}

/** How the server does, for its operator. */
export interface Health {
  state: HealthState;
  version: string;
  upSince: string;
  at: string;
  rooms: HealthPart & { rooms: number; people: number; recordings: number };
  spool: HealthPart & { sizeBytes: number; droppedPackets: number };
  backlog: HealthPart & { segments: number; sizeBytes: number; oldestMillis: number | null };
  disks: (HealthPart & { path: string; holds: string[]; freeBytes: number; totalBytes: number; reserveBytes: number; fullInMillis: number | null })[];
  network: HealthPart & {
    port: number;
    ports: number[];
    droppedDatagrams: number | null;
    receiveBufferBytes: number;
    wantedBufferBytes: number;
  };
  jobs: HealthPart & { queued: number; running: number; failed: number; failures: JobFailure[] };
  database: HealthPart & {
    embedded: boolean;
    answerMillis: number | null;
    connections: number;
    busyConnections: number;
    mostConnections: number;
  };
  clock: HealthPart & { offsetMillis: number | null };
}

export function health(): Promise<Health> {
  return call('GET', '/health');
}
