interface Bundle {
  /** Entries: name → file. */
  readonly input: Readonly<Record<string, string>>;
  readonly outDir: string;
  /** What stands before a command's name where it is called. */
  readonly calledBy: string;
}

/** Writes commands with everything bundled but what is native, and beside them the kernels and the files that the code names by `?url`. */
export function bundleToInstall(bundle: Bundle): Promise<void>;
