export const WHY = {};
