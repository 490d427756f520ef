/** What is known of a backbone before it is fetched: its shapes. */
export interface TowerShapes {
  readonly width: number;
  readonly mlpWidth: number;
  readonly heads: number;
  readonly layers: number;
  readonly tokens: number;
}

export interface BackboneShapes {
  readonly vision: TowerShapes & { readonly patchSize: number };
  readonly text: (TowerShapes & { readonly vocabulary: number; readonly projection: number }) | null;
}
