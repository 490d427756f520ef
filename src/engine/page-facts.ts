/** What a page knows, and its workers do not. */
export interface PageFacts {
  /** Whether the reader left the page while it looked at a graphics card the last time, so that no answer came. */
  readonly wasLeft: boolean;
  /** platform/apple-touch.ts */
  readonly isAppleTouch: boolean;
}
