// One page for every address, drawn on the device: offline there is no server that could.
export const ssr = false;
