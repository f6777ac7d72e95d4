// @ts-check
/** The door of the fault clinic, whose code comes when somebody first enters, or the address names a case. */
import { fresh, once } from '../../runs/files.js';
import { troubleWords } from '../../runs/trouble.js';
import { say } from '../dom.js';

const CODE = new URL('./clinic.js', import.meta.url).href;

/**
 * @param {HTMLElement} opener
 * @param {HTMLDialogElement} dialog
 * @param {Pick<typeof import('../../runs/server.js'), 'ask' | 'Refusal'>} server
 */
export function clinicDoor(opener, dialog, server) {
  const inside = once(async (_, attempt) => {
    const { clinic } = await (attempt === 0 ? import('./clinic.js') : import(fresh(CODE, attempt)));
    return /** @type {{ open: () => void }} */ (clinic(dialog, server));
  });
  const enter = async () => {
    try {
      (await inside()).open();
    } catch {
      // The code could not be had: the dialog says so, and to press again asks again.
      say(/** @type {HTMLElement} */ (dialog.querySelector('[data-field="state"]')), troubleWords('gone'));
      if (!dialog.open) dialog.showModal();
    }
  };
  opener.addEventListener('click', enter);
  if (new URLSearchParams(location.search).has('case')) enter();
}
