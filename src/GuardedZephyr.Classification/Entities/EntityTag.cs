namespace GuardedZephyr.Classification;

/// <summary>Where in a name a token stands, by the prefixes of the BIO and BIOES schemes.</summary>
internal enum EntityPosition
{
    Outside,
    Begin,
    Inside,
    End,
    Single,
}

/// <param name="Type">What a token is part of (<c>PER</c>), empty outside.</param>
internal readonly record struct EntityTag(EntityPosition Position, string Type)
{
    /// <exception cref="ClassifierFolderException">A label of the model is none of these.</exception>
    public static IReadOnlyList<EntityTag> Of(EncoderDescription description) =>
    [
        .. description.Labels.Select((label, id) => Parse(label) ?? throw new ClassifierFolderException(
            $"'{description.ConfigPath}': id2label has '{id}': '{label}'; labels must be O or a type behind B-, I-, E- or S- (BIO or BIOES).")),
    ];

    /// <returns>Null when the label is neither <c>O</c> nor a type behind one of the prefixes <c>B- I- E- S-</c>.</returns>
    public static EntityTag? Parse(string label)
    {
        if (label == "O")
        {
            return new EntityTag(EntityPosition.Outside, "");
        }

        EntityPosition? position = label.Length < 3 || label[1] is not ('-' or '_') ? null : label[0] switch
        {
            'B' => EntityPosition.Begin,
            'I' => EntityPosition.Inside,
            'E' => EntityPosition.End,
            'S' => EntityPosition.Single,
            _ => null,
        };

        return position is { } known ? new EntityTag(known, label[2..]) : null;
    }
}
