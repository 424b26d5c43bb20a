/** The one CV of an instance. */
export const CV_NAME = 'default';
