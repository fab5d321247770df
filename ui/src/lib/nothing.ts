/**
 * Stands in for `rvfc-polyfill`, which the captions' painter imports: web views have had what it adds for years, and
 * its licence (GPL-3.0) is not ours to pass on. See `vite.config.ts`.
 */
export {};
