/** The address of this page with a measurement in its fragment. */
export const measurementAddress = (fragment: string): string =>
  `${document.baseURI.replace(/[#?].*$/s, '')}#${fragment}`;
