// @ts-check
/** Files that set-up has put beside the pages, as bytes. */

/** @param {string} address @returns {Promise<ArrayBuffer>} */
export async function bytes(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.arrayBuffer();
}
