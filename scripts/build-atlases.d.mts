/** Draws the artwork of the installed icon packages into `folder` (default: public/atlas) unless it already exists. */
export function buildAtlases(options?: {
  readonly folder?: string;
  readonly log?: (line: string) => void;
}): Promise<{ readonly folder: string; readonly drawn: boolean; readonly milliseconds: number }>;
