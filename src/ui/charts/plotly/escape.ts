/**
 * Plotly interprets some HTML in names (bold, links) and %{…} in texts. Names come from untrusted links and files, so they are escaped and shown
 * verbatim.
 */
export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('%{', '%\u200b{');
