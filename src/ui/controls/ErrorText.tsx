import type { ReactNode } from 'react';
import shared from '../shared.module.css';

/** What went wrong, announced to screen readers. */
export function ErrorText({ children }: { readonly children: ReactNode }) {
  return (
    <p className={shared.problem} role="alert">
      {children}
    </p>
  );
}
