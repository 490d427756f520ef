/** The address that a text is; null for any other text. URL.canParse is missing before Chrome 120 and Safari 17. */
export function parsedUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
