/** Text in XML and HTML, which another hand may have written: as it is, between tags and in an attribute's double quotes. */
export const markupText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
