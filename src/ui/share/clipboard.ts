/** Returns true when the text was copied; false without permission, or on a page that is not served securely. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** The same on a press, for a field's own text: the older command copies it where there is no clipboard. The text is left selected if that fails too. */
export async function copyField(field: HTMLInputElement | HTMLTextAreaElement): Promise<boolean> {
  if (await copyText(field.value)) return true;
  field.focus();
  field.select();
  return document.execCommand('copy');
}
