/** Who publishes and receives in the benchmark. */
export const SYSTEM = 'roleready';

/** Where the receiver finds which event a body carries, whatever the envelope around it. */
export const MARK = /"resumeId":"([^"]+)"/;

/** An event of about 1 KiB, as producers publish it; `mark` comes through to the receiver. */
export function sampleEvent(user: string, mark: string): Buffer {
  return Buffer.from(
    JSON.stringify({
      system: SYSTEM,
      user,
      type: 'resume.parsed',
      data: {
        resumeId: mark,
        fileName: 'resume.pdf',
        parsedAt: '2026-01-31T10:05:00Z',
        success: true,
        summary: 'x'.repeat(800),
      },
    }),
  );
}
