const faces = [...'😀😄😉😍🤔😅😢😡👍👎🙏👏👋🎉💚🔥⛺🥾🧥🎒📦🚚🎁⭐'];

type Props = { label: string; pick: (emoji: string) => void };

export const Faces = ({ label, pick }: Props) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a border and no meaning here
  <div class="list faces-list" role="group" aria-label={label}>
    {faces.map((face) => <button type="button" onClick={() => pick(face)}>{face}</button>)}
  </div>
);
