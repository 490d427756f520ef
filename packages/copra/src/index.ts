/** CopRA as a library: everything of the entry points beside this one. */
export * from './gates.ts';
export * from './landscape.ts';
export * from './layout.ts';
export * from './merging.ts';
export * from './methods.ts';
export * from './schedules.ts';
export * from './shapley.ts';
