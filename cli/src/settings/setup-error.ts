/** A problem with how CareerHooks is set up, told to the operator without a stack. */
export class SetupError extends Error {
  override readonly name: string = 'SetupError';
}

/** One that lasts until a setting is changed, which the message names. */
export class SettingError extends SetupError {
  override readonly name = 'SettingError';
}
