import { useState } from 'react';
import { ago } from './format.ts';

/** How long ago something was when the page first showed it. @param iso ISO 8601; another one has another key */
export function useAgo(iso: string): string {
  const [now] = useState(() => new Date());
  return ago(new Date(iso), now);
}
