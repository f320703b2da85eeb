/** A model's name as people see it: the demo says what it is wherever it appears. */
export function modelLabel(model: { name: string; demo: boolean }) {
  return model.demo ? `${model.name} (demo, not a model)` : model.name;
}
