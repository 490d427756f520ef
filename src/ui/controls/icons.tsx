/** Line icons on a 16-unit grid; decorative, because the buttons carry the names. */
import type { ReactNode } from 'react';

function Icon({ children, filled = false }: { children: ReactNode; filled?: boolean }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      fill={filled ? 'currentColor' : 'none'}
      stroke={filled ? 'none' : 'currentColor'}
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {children}
    </svg>
  );
}

export const PlayIcon = () => (
  <Icon filled>
    <path d="M4.5 2.8a.6.6 0 0 1 .9-.5l8 5.2a.6.6 0 0 1 0 1l-8 5.2a.6.6 0 0 1-.9-.5z" />
  </Icon>
);
export const PauseIcon = () => (
  <Icon filled>
    <rect x="3.5" y="2.5" width="3.2" height="11" rx="0.8" />
    <rect x="9.3" y="2.5" width="3.2" height="11" rx="0.8" />
  </Icon>
);
export const StepIcon = () => (
  <Icon filled>
    <path d="M3 3.2a.6.6 0 0 1 .9-.5l6.4 4.8a.6.6 0 0 1 0 1l-6.4 4.8a.6.6 0 0 1-.9-.5z" />
    <rect x="11.2" y="2.6" width="2" height="10.8" rx="0.6" />
  </Icon>
);
export const StopIcon = () => (
  <Icon filled>
    <rect x="3" y="3" width="10" height="10" rx="1.4" />
  </Icon>
);
export const BellIcon = () => (
  <Icon>
    <path d="M8 2.2a3.8 3.8 0 0 0-3.8 3.8c0 3.2-1.4 4.4-1.4 4.4h10.4s-1.4-1.2-1.4-4.4A3.8 3.8 0 0 0 8 2.2zM6.8 12.8a1.3 1.3 0 0 0 2.4 0" />
  </Icon>
);
export const BlockedBellIcon = () => (
  <Icon>
    <path d="M8 2.2a3.8 3.8 0 0 0-3.8 3.8c0 3.2-1.4 4.4-1.4 4.4h10.4s-1.4-1.2-1.4-4.4A3.8 3.8 0 0 0 8 2.2zM6.8 12.8a1.3 1.3 0 0 0 2.4 0M2 14 14 2" />
  </Icon>
);
export const ChevronIcon = () => (
  <Icon>
    <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />
  </Icon>
);
export const InfoIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="6" />
    <path d="M8 7.4v3.4M8 5.1v.1" />
  </Icon>
);
export const ResetIcon = () => (
  <Icon>
    <path d="M3 8a5 5 0 1 0 1.6-3.7M3 2.6v2.6h2.6" />
  </Icon>
);
export const PlusIcon = () => (
  <Icon>
    <path d="M8 3.5v9M3.5 8h9" />
  </Icon>
);
export const MinusIcon = () => (
  <Icon>
    <path d="M3.5 8h9" />
  </Icon>
);
export const CloseIcon = () => (
  <Icon>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Icon>
);
export const CopyIcon = () => (
  <Icon>
    <rect x="5.5" y="5.5" width="8" height="8" rx="1.4" />
    <path d="M10.5 3.6a1.2 1.2 0 0 0-1.1-1.1H3.7a1.2 1.2 0 0 0-1.2 1.2v5.7a1.2 1.2 0 0 0 1.1 1.1" />
  </Icon>
);
export const ShareIcon = () => (
  <Icon>
    <path d="M6.6 9.4a2.6 2.6 0 0 0 3.7 0l2.3-2.3a2.6 2.6 0 0 0-3.7-3.7l-.9.9M9.4 6.6a2.6 2.6 0 0 0-3.7 0L3.4 8.9a2.6 2.6 0 0 0 3.7 3.7l.9-.9" />
  </Icon>
);
export const SunIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="2.8" />
    <path d="M8 1.6v1.2M8 13.2v1.2M1.6 8h1.2M13.2 8h1.2M3.5 3.5l.8.8M11.7 11.7l.8.8M3.5 12.5l.8-.8M11.7 4.3l.8-.8" />
  </Icon>
);
export const MoonIcon = () => (
  <Icon>
    <path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z" />
  </Icon>
);
export const DropIcon = () => (
  <Icon>
    <path d="M8 10V2.8M5.2 5.4 8 2.6l2.8 2.8M2.6 10.4v1.8a1.2 1.2 0 0 0 1.2 1.2h8.4a1.2 1.2 0 0 0 1.2-1.2v-1.8" />
  </Icon>
);
export const DiceIcon = () => (
  <Icon>
    <rect x="2.5" y="2.5" width="11" height="11" rx="2.4" />
    <path d="M5.6 5.6v.01M10.4 5.6v.01M8 8v.01M5.6 10.4v.01M10.4 10.4v.01" strokeWidth="1.9" />
  </Icon>
);
