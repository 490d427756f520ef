/** Finding, and where that is possible installing, what WebGPU needs of the system: the Vulkan loader and a driver. On Linux; elsewhere it is part of it. */
import path from 'node:path';
import type { NamedAdapter } from './adapters.ts';

/** The machine, as far as this file touches it. */
export interface Machine {
  readonly platform: string;
  readonly isRoot: boolean;
  /** Names of shared libraries the loader knows: another program tells them. */
  readonly libraries: () => string;
  /** Texts of the manifests of Vulkan drivers, where the loader looks. */
  readonly manifests: () => string[];
  /** Paths of manifests of NVIDIA's driver where the loader does not look. */
  readonly manifestsAside: () => string[];
  /** Manifests that the reader has named, in a variable of the loader. */
  readonly givenDrivers: string | undefined;
  /** Where libraries are looked for with the Vulkan loader that was brought along (card-pack.ts), for a system that has none. */
  readonly pathWithLoader: string | undefined;
  /** Whether the system has a device of NVIDIA's. */
  readonly hasNvidia: () => boolean;
  /** Installs Debian packages. @returns whether it succeeded */
  readonly install: (...packages: string[]) => boolean;
  /** Writes a file into a folder for such files. @returns its path */
  readonly write: (name: string, text: string) => string;
}

export const LOADER = 'libvulkan.so.1';
/** Of NVIDIA's driver; the first needs no display server. */
const NVIDIA = ['libEGL_nvidia.so.0', 'libGLX_nvidia.so.0'];
const SOFTWARE_DRIVER = 'mesa-vulkan-drivers';

function installed({ isRoot, install }: Machine, what: string, debianPackage: string): string {
  if (!isRoot) return `${what} is missing; only root can install it: apt-get install ${debianPackage}.`;
  return install(debianPackage) ? `${what} was installed (${debianPackage}).` : `${what} could not be installed.`;
}

type Environment = Readonly<Record<string, string>>;

/** The loader for a system without one: what was brought along, or what can be installed. @returns the variables of its users, and what was done */
function loaderOf(machine: Machine): readonly [Environment, note: string] {
  const { pathWithLoader } = machine;
  return pathWithLoader === undefined
    ? [{}, installed(machine, 'The Vulkan loader', 'libvulkan1')]
    : [{ LD_LIBRARY_PATH: pathWithLoader }, 'The system has no Vulkan loader; the one that was brought along is used.'];
}

const added = (file: string): Environment => ({ VK_ADD_DRIVER_FILES: file });
/** Loaders before 1.3.207, as that of Ubuntu 22.04, know neither of the newer variables. */
const alone = (files: string): Environment => ({ VK_DRIVER_FILES: files, VK_ICD_FILENAMES: files });

function writeManifest({ write }: Machine, library: string): string {
  const manifest = { file_format_version: '1.0.0', ICD: { library_path: library, api_version: '1.3.0' } };
  return write('nvidia_icd.json', JSON.stringify(manifest));
}

/** Manifests of NVIDIA's driver that the loader does not find, each with what is told where it leads to a card. Those that it finds may lead nowhere. */
function* otherManifests(machine: Machine, libraries: string): Generator<readonly [file: string, note: string]> {
  for (const file of machine.manifestsAside())
    yield [file, `The loader does not look where NVIDIA's driver has its manifest for Vulkan: ${file}.`];
  const isFound = machine.manifests().some((text) => text.includes('nvidia'));
  const [headless] = NVIDIA;
  const library = isFound ? headless : NVIDIA.find((name) => libraries.includes(name));
  if (library === undefined || !libraries.includes(library)) return;
  const file = writeManifest(machine, library);
  const note = isFound
    ? `The manifest of NVIDIA's driver leads to no adapter; one for ${headless}, which needs no display server, was written.`
    : `NVIDIA's driver (${library}) had no manifest for Vulkan; one was written to ${path.basename(file)}.`;
  yield [file, note];
}

const lacksNvidia = (adapters: readonly NamedAdapter[]): boolean => !adapters.some(({ name }) => /nvidia/i.test(name));

/** What answers on this machine, and how it was found. */
export interface Answering {
  readonly adapters: readonly NamedAdapter[];
  /** Variables that processes with WebGPU get. */
  readonly environment: Environment;
  /** What was done, and what could not be, in sentences. */
  readonly notes: readonly string[];
}

type List = (environment: Environment) => Promise<readonly NamedAdapter[]>;

/** With a driver of NVIDIA's that the loader did not find; null: none leads to a card. */
async function withNvidia(machine: Machine, libraries: string, list: List): Promise<Answering | null> {
  for (const [file, note] of otherManifests(machine, libraries))
    for (const environment of [added(file), alone(file)]) {
      const adapters = await list(environment);
      if (!lacksNvidia(adapters)) return { adapters, environment, notes: [note] };
    }
  return null;
}

/** Why a card of NVIDIA that is here does not answer. The libraries of its driver for graphics are what a container gets with that capability alone. */
function silentNvidia(libraries: string): string {
  const isHere = 'A card of NVIDIA is here (/dev/nvidia0), and none answers WebGPU.';
  return NVIDIA.some((name) => libraries.includes(name))
    ? `${isHere} vulkaninfo --summary (of vulkan-tools) says why its driver does not.`
    : `${isHere} The libraries of its driver for graphics are missing (${NVIDIA.join(', ')}). Start a container with NVIDIA_DRIVER_CAPABILITIES=compute,utility,graphics.`;
}

/** With the drivers that the loader finds, those that it misses, or one that is installed. */
async function withSomeDriver(machine: Machine, libraries: string, list: List): Promise<Answering> {
  const isLinux = machine.platform === 'linux';
  const { givenDrivers } = machine;
  const notes: string[] = [];
  let environment = isLinux && givenDrivers !== undefined ? alone(givenDrivers) : {};
  let adapters = await list(environment);
  if (isLinux && givenDrivers === undefined && lacksNvidia(adapters)) {
    const found = await withNvidia(machine, libraries, list);
    if (found) {
      ({ adapters, environment } = found);
      notes.push(...found.notes);
    } else if (machine.hasNvidia()) notes.push(silentNvidia(libraries));
  }
  if (adapters.length === 0) {
    notes.push(installSoftwareDriver(machine));
    adapters = await list(environment);
  }
  return { adapters, environment, notes };
}

/**
 * What answers on this machine. The loader may be missing; the manifest of a driver may be missing, as in many containers, or name a driver that needs a display server, as the one which containers
 * get of NVIDIA's toolkit does; and where nothing answers at all, a driver that computes on the processor is installed.
 * @param list the adapters that there are with such variables
 */
export async function answeringAdapters(machine: Machine, list: List): Promise<Answering> {
  if (machine.platform !== 'linux') return withSomeDriver(machine, '', list);
  const libraries = machine.libraries();
  if (libraries.includes(LOADER)) return withSomeDriver(machine, libraries, list);
  const [loader, note] = loaderOf(machine);
  const found = await withSomeDriver(machine, libraries, (variables) => list({ ...loader, ...variables }));
  return { ...found, environment: { ...loader, ...found.environment }, notes: [note, ...found.notes] };
}

/** A driver that computes on the processor, for where none answers. @returns what was done */
export const installSoftwareDriver = (machine: Machine): string =>
  machine.platform === 'linux'
    ? installed(machine, 'A Vulkan driver that computes on the processor', SOFTWARE_DRIVER)
    : 'No adapter answers, and none can be installed on this system.';
