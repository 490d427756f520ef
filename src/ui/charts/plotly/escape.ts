/**
 * Plotly reads a little HTML in names (bold, links) and %{…} in texts. Names come from links and files of anyone, so they are escaped and
 * shown as they are.
 */
export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('%{', '%\u200b{');
