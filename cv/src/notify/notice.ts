/** What is told of a change of the CV. */
export interface Notice {
  /** One line; the e-mail's subject. */
  title: string;
  /** What happened: names of sections and items, nothing of their content. */
  text: string;
  /** The change, by which the e-mail's Message-ID is the same however often it is sent. */
  changeId: string;
}
