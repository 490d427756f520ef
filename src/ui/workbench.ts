/** What only the unfolded study shows, in one chunk: most first visits do without it. */
import { lazily } from './lazily.tsx';

const workbench = () => import('./workbench.chunk.ts');

export const StudyPanel = lazily(async () => (await workbench()).StudyPanel);
export const StudySheet = lazily(async () => (await workbench()).StudySheet);
export const HeaderTools = lazily(async () => (await workbench()).HeaderTools, false);

/** Resolves when the chunk is here, so that unfolding shows no gap; also when it cannot be loaded, which the parts then report. */
export const preloadWorkbench = (): Promise<unknown> => workbench().catch(() => null);
