/** Failures of a device that a caller can do something about. */

/** The device is gone (driver reset, GPU unplugged, browser reclaimed it): everything on it is lost, but a new one may be opened. */
export class DeviceLostError extends Error {
  override readonly name = 'DeviceLostError';
}

/** The same, because the device has not answered for so long that nobody waits any more. */
export class SilentDeviceError extends DeviceLostError {}

/** No device can be had: there is none, or not yet again after one was lost. */
export class NoDeviceError extends Error {
  override readonly name = 'NoDeviceError';
}

/** The device has not enough memory for what was asked: a smaller piece may fit. */
export class OutOfMemoryError extends Error {
  override readonly name = 'OutOfMemoryError';
}

/** The same befell others who asked at the same time: this may fit as it is. */
export class RefusedTogetherError extends OutOfMemoryError {}
