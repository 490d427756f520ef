/**
 * Property tests draw the same inputs in every run, so that what failed once fails again and what passed does not fail on somebody else's
 * machine. FAST_CHECK_SEED takes another seed, or "random" to look further.
 */
import fc from 'fast-check';

// Node's environment, and what the configuration of the browser's tests hands on of it.
const { FAST_CHECK_SEED } = import.meta.env as { FAST_CHECK_SEED?: string };
fc.configureGlobal({ seed: FAST_CHECK_SEED === 'random' ? Date.now() | 0 : Number(FAST_CHECK_SEED ?? 2410_22911) });
