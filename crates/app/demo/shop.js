// The shop's own buttons open the chat; calls made before the widget has arrived wait in the queue.
window.ombud ??= function () {
  (window.ombud.q ??= []).push(arguments);
};
for (const button of document.querySelectorAll('[data-chat]')) {
  button.addEventListener('click', () => window.ombud('open'));
}
