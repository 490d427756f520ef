/** Finding, and where that is possible installing, what WebGPU needs of the system: the Vulkan loader and a driver. On Linux; elsewhere it is part of it. */
import path from 'node:path';
import type { NamedAdapter } from './adapters.ts';

/** The machine, as far as this file touches it. */
export interface Machine {
  readonly platform: string;
  readonly isRoot: boolean;
  /** Names of shared libraries the loader knows: another program tells them. */
  readonly libraries: () => string;
  /** Texts of the manifests of Vulkan drivers. */
  readonly manifests: () => string[];
  /** Whether the system has a device of NVIDIA's. */
  readonly hasNvidia: () => boolean;
  /** Installs Debian packages. @returns whether it succeeded */
  readonly install: (...packages: string[]) => boolean;
  /** Writes a file into a folder for such files. @returns its path */
  readonly write: (name: string, text: string) => string;
}

export interface Prepared {
  /** Variables that processes with WebGPU get. */
  readonly environment: Readonly<Record<string, string>>;
  /** What was done, and what could not be, in sentences. */
  readonly notes: readonly string[];
}

const LOADER = 'libvulkan.so.1';
/** Of NVIDIA's driver; the first needs no display server. */
const NVIDIA = ['libEGL_nvidia.so.0', 'libGLX_nvidia.so.0'];
const SOFTWARE_DRIVER = 'mesa-vulkan-drivers';

function installed({ isRoot, install }: Machine, what: string, debianPackage: string): string {
  if (!isRoot) return `${what} is missing; only root can install it: apt-get install ${debianPackage}.`;
  return install(debianPackage) ? `${what} was installed (${debianPackage}).` : `${what} could not be installed.`;
}

const librariesOf = ({ platform, libraries }: Machine): string => (platform === 'linux' ? libraries() : '');

/** The loader, and the manifest of a driver that is here without one, as in many containers. */
export function prepareVulkan(machine: Machine, libraries = librariesOf(machine)): Prepared {
  if (machine.platform !== 'linux') return { environment: {}, notes: [] };
  const notes = libraries.includes(LOADER) ? [] : [installed(machine, 'The Vulkan loader', 'libvulkan1')];
  const library = NVIDIA.find((name) => libraries.includes(name));
  if (library === undefined || machine.manifests().some((text) => text.includes('nvidia')))
    return { environment: {}, notes };
  const file = writeManifest(machine, library);
  notes.push(`NVIDIA's driver (${library}) had no manifest for Vulkan; one was written to ${path.basename(file)}.`);
  return { environment: { VK_ADD_DRIVER_FILES: file }, notes };
}

function writeManifest({ write }: Machine, library: string): string {
  const manifest = { file_format_version: '1.0.0', ICD: { library_path: library, api_version: '1.3.0' } };
  return write('nvidia_icd.json', JSON.stringify(manifest));
}

export interface Answering extends Prepared {
  readonly adapters: readonly NamedAdapter[];
}

/**
 * What answers on this machine. A manifest that is there may name a driver that needs a display server, as the one which containers get of NVIDIA's toolkit does; and where
 * nothing answers at all, a driver that computes on the processor is installed.
 * @param list the adapters that there are with such variables
 */
export async function answeringAdapters(
  machine: Machine,
  list: (environment: Prepared['environment']) => Promise<readonly NamedAdapter[]>,
): Promise<Answering> {
  const libraries = librariesOf(machine);
  const prepared = prepareVulkan(machine, libraries);
  let { environment } = prepared;
  const notes = [...prepared.notes];
  let adapters = await list(environment);
  const lacksNvidia = (): boolean => !adapters.some(({ name }) => /nvidia/i.test(name));
  const [headless] = NVIDIA;
  const isTried = Object.keys(environment).length > 0;
  if (lacksNvidia() && !isTried && libraries.includes(headless)) {
    environment = { VK_ADD_DRIVER_FILES: writeManifest(machine, headless) };
    adapters = await list(environment);
    notes.push(
      `The manifest of NVIDIA's driver leads to no adapter; one for ${headless}, which needs no display server, was written.`,
    );
  }
  if (machine.platform === 'linux' && lacksNvidia() && machine.hasNvidia())
    notes.push(
      'A card of NVIDIA is here (/dev/nvidia0), and none answers WebGPU. In a container, start it with NVIDIA_DRIVER_CAPABILITIES=compute,utility,graphics.',
    );
  if (adapters.length === 0) {
    notes.push(installSoftwareDriver(machine));
    adapters = await list(environment);
  }
  return { adapters, environment, notes };
}

/** A driver that computes on the processor, for where none answers. @returns what was done */
export const installSoftwareDriver = (machine: Machine): string =>
  machine.platform === 'linux'
    ? installed(machine, 'A Vulkan driver that computes on the processor', SOFTWARE_DRIVER)
    : 'No adapter answers, and none can be installed on this system.';
