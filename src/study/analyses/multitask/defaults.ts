/** Many tasks as they are when they are switched on. */
export const MANY_TASKS = { enabled: true, tasks: ['animals', 'food', 'travel', 'objects'], parts: 4 };
