import { call } from './call';

export type Copies = 'none' | 'aes256' | 'kms';

/** Where an organisation keeps its recordings: a bucket of S3. */
export interface Store {
  id: string;
  /** Null for AWS's own of the region. */
  endpoint: string | null;
  region: string;
  bucket: string;
  prefix: string;
  pathStyle: boolean;
  accessKey: string;
  storageClass: string | null;
  copies: Copies;
  kmsKey: string | null;
}

/** One as it shall be; without a secret key, that stays what it was. */
export type NewStore = Omit<Store, 'id'> & { secretKey?: string };

export interface StoreFacts {
  /** Null for the server's own folder. */
  store: Store | null;
  backlog: { segments: number; sizeBytes: number; oldest: string | null };
  troubles: { store: string; sentence: string; since: string }[];
}

export interface StoreStep {
  act: 'write' | 'read' | 'read-range' | 'list' | 'delete';
  /** Why it failed. */
  fault: string | null;
}

export function storeFacts(): Promise<StoreFacts> {
  return call('GET', '/organisation/store');
}

export function chooseStore(store: NewStore): Promise<StoreFacts> {
  return call('PUT', '/organisation/store', { body: store });
}

export function leaveStore(): Promise<void> {
  return call('DELETE', '/organisation/store');
}

/** What was tried: all, or just to write if that failed. */
export async function testStore(store: NewStore): Promise<StoreStep[]> {
  return (await call<{ steps: StoreStep[] }>('POST', '/organisation/store/test', { body: store })).steps;
}
