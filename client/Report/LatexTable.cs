using System.Text;

namespace NeuroTrails.Client.Report;

/// <summary><c>table.tex</c>: the tables of results and costs for a paper; they ask for booktabs alone.</summary>
internal static class LatexTable
{
    public static string Of(ReportData data)
    {
        var text = new StringBuilder();
        text.Append("% ").Append(OneLine(data.Command)).Append('\n');
        text.Append("% \\usepackage{booktabs}\n");
        foreach (var table in data.Paper)
        {
            text.Append("\n\\begin{table}\n  \\centering\n  \\small\n");
            text.Append("  \\caption{").Append(Escape(table.Caption)).Append("}\n");
            text.Append("  \\label{tab:").Append(table.Id).Append("}\n");
            text.Append("  \\begin{tabular}{l").Append('r', table.Table.Columns.Count - 1).Append("}\n    \\toprule\n");
            Row(table.Table.Columns.Select(column => new Cell(column)));
            text.Append("    \\midrule\n");
            foreach (var row in table.Table.Rows)
            {
                Row(row);
            }

            text.Append("    \\bottomrule\n  \\end{tabular}\n\\end{table}\n");
        }

        return text.ToString();

        void Row(IEnumerable<Cell> cells) =>
            text.Append("    ")
                .AppendJoin(" & ", cells.Select(cell => cell.Bold ? $"\\textbf{{{Escape(cell.Text)}}}" : Escape(cell.Text)))
                .Append(" \\\\\n");
    }

    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var letter in OneLine(text))
        {
            escaped.Append(
                letter switch
                {
                    '\\' => "\\textbackslash{}",
                    '{' => "\\{",
                    '}' => "\\}",
                    '$' => "\\$",
                    '&' => "\\&",
                    '#' => "\\#",
                    '%' => "\\%",
                    '_' => "\\_",
                    '^' => "\\textasciicircum{}",
                    '~' => "\\textasciitilde{}",
                    '<' => "$<$",
                    '>' => "$>$",
                    '±' => "$\\pm$",
                    '−' => "$-$",
                    '↑' => "$\\uparrow$",
                    '↓' => "$\\downarrow$",
                    '∞' => "$\\infty$",
                    '–' => "--",
                    _ => letter.ToString(),
                }
            );
        }

        return escaped.ToString();
    }

    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
