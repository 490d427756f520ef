/** Finding, and where that is possible installing, what WebGPU needs of the system: the Vulkan loader and a driver. On Linux; elsewhere it is part of it. */
import path from 'node:path';

/** The machine, as far as this file touches it. */
export interface Machine {
  readonly platform: string;
  readonly isRoot: boolean;
  /** Names of shared libraries the loader knows. */
  readonly libraries: () => string;
  /** Texts of the manifests of Vulkan drivers. */
  readonly manifests: () => string[];
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

/** The loader, and the manifest of a driver that is here without one, as in many containers. */
export function prepareVulkan(machine: Machine): Prepared {
  if (machine.platform !== 'linux') return { environment: {}, notes: [] };
  const libraries = machine.libraries();
  const notes = libraries.includes(LOADER) ? [] : [installed(machine, 'The Vulkan loader', 'libvulkan1')];
  const library = NVIDIA.find((name) => libraries.includes(name));
  if (library === undefined || machine.manifests().some((text) => text.includes('nvidia')))
    return { environment: {}, notes };
  const manifest = { file_format_version: '1.0.0', ICD: { library_path: library, api_version: '1.3.0' } };
  const file = machine.write('nvidia_icd.json', JSON.stringify(manifest));
  notes.push(`NVIDIA's driver (${library}) had no manifest for Vulkan; one was written to ${path.basename(file)}.`);
  return { environment: { VK_ADD_DRIVER_FILES: file }, notes };
}

/** A driver that computes on the processor, for where none answers. @returns what was done */
export const installSoftwareDriver = (machine: Machine): string =>
  machine.platform === 'linux'
    ? installed(machine, 'A Vulkan driver that computes on the processor', SOFTWARE_DRIVER)
    : 'No adapter answers, and none can be installed on this system.';
