// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv, sheet } from '../../../static/js/figures/save.js';

test('rows end as RFC 4180 says, and what needs quotes has them', () => {
  assert.equal(
    csv([
      ['class', 'z'],
      ['a,"b"', '-0.6'],
    ]),
    'class,z\r\n"a,""b""",-0.6\r\n',
  );
});

test('a name that a spreadsheet would run is disarmed, a number is not', () => {
  assert.equal(csv([['=1+1', '-1e-7', '@x', 'NaN']]), "'=1+1,-1e-7,'@x,NaN\r\n");
});

test('the file says that it is UTF-8, so that a spreadsheet reads Chinese', async () => {
  const bytes = new Uint8Array(await sheet([['类别', 'z']]).arrayBuffer());
  assert.deepEqual([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf]);
  assert.equal(new TextDecoder().decode(bytes), '类别,z\r\n');
});
