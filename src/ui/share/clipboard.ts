/** True when the text is on the clipboard; false without permission or in an insecure context, where nothing can be done but select it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
