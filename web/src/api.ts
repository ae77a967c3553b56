// docs/api.md, as functions.

export { ApiError, refusalWords, sentence, turnedAway, type Page } from './api/call';
export { serverNow } from './servertime';
export * from './api/health';
export * from './api/layouts';
export * from './api/organisations';
export * from './api/people';
export * from './api/recordings';
export * from './api/sessions';
export * from './api/storage';
export * from './api/store';
export * from './api/tokens';
