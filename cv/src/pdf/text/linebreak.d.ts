/** The part of linebreak that is used; it comes without types. */
declare module 'linebreak' {
  interface Break {
    /** Index in UTF-16 units of what follows the break. */
    position: number;
    /** Whether the line has to end here. */
    required: boolean;
  }

  export default class LineBreaker {
    constructor(text: string);
    nextBreak(): Break | null;
  }
}
