/** What a page knows, and its workers do not. */
export interface PageFacts {
  /** Whether the reader left the page during the last opening of a device, which therefore did not come to its end. */
  readonly wasLeft: boolean;
  /** platform/apple-touch.ts */
  readonly isAppleTouch: boolean;
}
