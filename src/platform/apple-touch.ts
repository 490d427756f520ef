/** Whether this is an iPhone or iPad, which end pages that take much memory. Only a page can tell: an iPad calls itself a Mac, and workers do not know of touch. */
export const isAppleTouch = ({ userAgent, maxTouchPoints }: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): boolean =>
  /iPhone|iPad/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1);
