/** Returns true when the text was copied; false without permission or in an insecure context, where the reader can only select it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
