/**
 * For `node --require`: the process's clock (`Date`, and nothing that is monotonic) is off by as
 * many milliseconds as the file at `MOVING_CLOCK` says. Temporal, which is another program, keeps
 * its own.
 */
const { readFileSync } = require('node:fs');
const { setInterval } = require('node:timers');

const RealDate = Date;
let offset = 0;

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offset);
    else super(...given);
  }

  static now() {
    return RealDate.now() + offset;
  }
};

setInterval(() => {
  try {
    offset = Number(readFileSync(process.env.MOVING_CLOCK, 'utf8'));
  } catch {
    offset = 0;
  }
}, 50).unref();
