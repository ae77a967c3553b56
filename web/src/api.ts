// docs/api.md, as functions.

export { ApiError, refusalWords, sentence, serverNow, turnedAway, type Page } from './api/call';
export * from './api/health';
export * from './api/organisations';
export * from './api/people';
export * from './api/recordings';
export * from './api/sessions';
