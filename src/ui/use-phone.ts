import { useMedia } from './use-media.ts';
import { useStudyOpen } from './use-study-open.ts';

/** Whether the window is as narrow as a phone's, in letters of the size that the reader's browser is set to. */
export const usePhone = (): boolean => useMedia('(max-width: 40em)');

/** On a phone the story goes on below its first screen: pictures come before the charts of training. */
export function usePhoneStory(): boolean {
  const isPhone = usePhone();
  return !useStudyOpen() && isPhone;
}
