/** Images written as text. */
import type { Bytes } from '../files/byte-file.ts';

/** @param text base64, also of a data: address, also in the address-safe alphabet. @returns null when it is none */
export function base64Image(text: string): Bytes | null {
  const bare = text
    .replace(/^\s*data:[^,]{0,200},/, '')
    .replace(/\s+/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/');
  try {
    const binary = atob(bare);
    if (binary.length === 0) return null;
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes;
  } catch {
    return null;
  }
}

const IMAGE_STARTS = ['/9j/', 'iVBOR', 'R0lGOD', 'UklGR', 'Qk', 'AAAA', 'PHN2', 'PD94'];

/** JPEG, PNG, GIF, WebP, BMP, AVIF and SVG begin so in base64. */
export function looksLikeBase64Image(text: string): boolean {
  const head = text.trimStart().slice(0, 40);
  if (/^data:image\//i.test(head)) return true;
  return text.length >= 40 && IMAGE_STARTS.some((start) => head.startsWith(start)) && /^[A-Za-z0-9+/_-]+=*$/.test(head);
}
