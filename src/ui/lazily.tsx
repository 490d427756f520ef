/** Components that are loaded when they are first shown. */
import { use, type ComponentType, type FunctionComponent } from 'react';
import { errorText } from '../core/error-text.ts';
import { patiently } from '../platform/patiently.ts';
import { unlessSilent } from '../platform/unless-silent.ts';
import { PartBoundary, PartNotLoaded, tryAgain } from './PartBoundary.tsx';

/**
 * Render inside Suspense. A component that cannot be loaded, or fails, says so in its place and can be tried again; the rest of the page stays.
 * @param isTold false: nothing is said of one that nobody would miss
 */
export function lazily<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  isTold = true,
): FunctionComponent<Props> {
  let loading: Promise<ComponentType<Props>> | null = null;
  const begin = async (): Promise<ComponentType<Props>> => {
    const arriving = patiently(load);
    try {
      return await unlessSilent(arriving);
    } catch (cause) {
      arriving.then(tryAgain, () => undefined); // on a slow connection
      throw new PartNotLoaded(errorText(cause), { cause });
    }
  };
  const loaded = (): Promise<ComponentType<Props>> => (loading ??= begin());
  const forget = (): void => void (loading = null);
  function Loaded(props: Props) {
    const Part = use(loaded());
    return <Part {...props} />;
  }
  return function Lazily(props: Props) {
    return (
      <PartBoundary isTold={isTold} onAgain={forget}>
        <Loaded {...props} />
      </PartBoundary>
    );
  };
}
