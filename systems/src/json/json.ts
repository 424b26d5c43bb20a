/** A value that JSON can carry. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A JSON object: what an event's data and an envelope are. */
export type JsonObject = { [key: string]: Json };
