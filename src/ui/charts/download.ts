/** Saves files generated on the page. */

export const saveText = (text: string, name: string, type = 'text/csv'): void =>
  saveBlob(new Blob([text], { type: `${type};charset=utf-8` }), name);

export function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has started once click() returns; the URL can be revoked a little later.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
