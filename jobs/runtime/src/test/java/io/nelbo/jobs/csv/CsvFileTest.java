package io.nelbo.jobs.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as people's tools leave them. */
final class CsvFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\n1,2\n3,4\n",
        "a;b\r\n1;2\r\n3;4\r\n",
        "a\tb\n1\t2\n3\t4",
        "a|b\n1|2\n3|4\n",
        "\uFEFFa,b\n1,2\n3,4\n",
        " a , b \n 1 , 2 \n3,4\n",
        "\"a\",\"b\"\n\"1\",\"2\"\n3,4\n",
        "# made by a logger\n# 2024\na,b\n1,2\n3,4\n",
        "\n\nExport of the plant\n\na,b\n1,2\n3,4\n",
        "Plant 7;;\nunit: kW;;\na;b;\n1;2;\n3;4;\n",
        "Device:,Pump 7\nSince:,2024\na,b\n1,2\n3,4\n",
        "# a,b\n1,2\n3,4\n",
        "a,b\n1,2\na,b\n3,4\n",
        "a,b\n1,2\n# a pause, of the logger, at noon\n3,4\n",
        "a,b\n1,2\n\n3,4\n,\n,\n",
        "a,b,\n1,2,\n3,4,\n",
        "a,b\n1,2,\n3,4,\n",
        "a,b,a\n1,2,9\n3,4,9\n",
        "a,,b\n1,x,2\n3,y,4\n",
        "a,b,\n1,2\n3,4\n"
      })
  void whatNobodyAskedForIsPassedOver(String content) throws Exception {
    CsvFile file = new CsvFile(Files.writeString(folder.resolve("x.csv"), content));

    assertThat(file.header()).containsExactly("a", "b");
    assertThat(cells(file)).containsExactly("1 2", "3 4");
  }

  @Test
  void whatIsPassedOverIsToldOnce() throws Exception {
    Path path =
        Files.writeString(
            folder.resolve("x.csv"), "title\n,a,b,a\n0,1,2,1\n,a,b,a\n1,3,4,3\n2,5,6,5\n,,,\n");

    assertThat(notes(new CsvFile(path)))
        .containsExactly(
            path + ": the header is in line 2, what stands above it is skipped",
            path + ": columns without a name are skipped: number 1",
            path + ": column a stands there again, the first counts",
            path + ": the header again, in the midst of the file, is skipped (1 times)",
            path + ": rows without any value at the end are skipped (1 times)");
  }

  @Test
  void separatorsAndLineBreaksWithinQuotesPartNothing() throws Exception {
    Path path =
        Files.writeString(
            folder.resolve("x.csv"),
            "\"place; floor; room\",\"a, or\nalpha\",b\n\"x; y; z\",1,2\n\"u; v; w\",3,4\n");

    CsvFile file = new CsvFile(path);

    assertThat(file.header()).containsExactly("place; floor; room", "a, or\nalpha", "b");
    try (CsvFile.Reader reader = file.read()) {
      assertThat(reader.next().orElseThrow())
          .satisfies(row -> assertThat(row.line()).isEqualTo(3))
          .satisfies(row -> assertThat(row.cells().get("b")).isEqualTo("2"));
    }
  }

  @Test
  void aDecimalCommaDoesNotPartSemicolons() throws Exception {
    CsvFile file =
        new CsvFile(Files.writeString(folder.resolve("x.csv"), "a;b\n1,5;2,5\n3,5;4,5\n"));

    assertThat(file.header()).containsExactly("a", "b");
    assertThat(cells(file)).containsExactly("1,5 2,5", "3,5 4,5");
  }

  @Test
  void linesAreCountedFromTheTopOfTheFile() throws Exception {
    Path path = Files.writeString(folder.resolve("x.csv"), "# one\n\ntitle\na,b\n1,2\n1,2,3\n");

    refuses(path, " line 6: has 3 cells, but the header has 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fd377a585a00|is packed with xz: unpack it with 'xz -d', plain or gzip is read",
        "425a683931|is packed with bzip2: unpack it with 'bunzip2', plain or gzip is read",
        "28b52ffd|is packed with zstd: unpack it with 'zstd -d', plain or gzip is read",
        "50415231|is a Parquet file: export it as CSV",
        "fffe61000a00|is UTF-16: save it as UTF-8 (Excel: 'CSV UTF-8')",
        "feff0061000a|is UTF-16: save it as UTF-8 (Excel: 'CSV UTF-8')",
        "e97c0a|is not UTF-8, more likely Latin-1 or Windows-1252: save it as UTF-8, or convert it"
            + " with 'iconv -f WINDOWS-1252 -t UTF-8'"
      })
  void otherFilesAreCalledByTheirName(String bytes, String message) throws Exception {
    Path path = Files.write(folder.resolve("x.csv"), HexFormat.of().parseHex(bytes));

    refuses(path, ": " + message);
  }

  @Test
  void theOnlyFileOfAZipIsRead() throws Exception {
    Path path = zip("one.zip", "data/x.csv");

    assertThat(new CsvFile(path).header()).containsExactly("a", "b");
    assertThat(cells(new CsvFile(path))).containsExactly("1 2");
  }

  @Test
  void aZipOfSeveralFilesIsRefused() throws Exception {
    Path path = zip("two.zip", "x.csv", "y.csv");

    refuses(
        path, ": is a zip of several files, or an Excel workbook: unpack it, or save it as CSV");
  }

  @Test
  void aGzipThatWasCutOffIsCalledSo() throws Exception {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(whole)) {
      out.write("a,b\n1,2\n".repeat(100).getBytes(StandardCharsets.UTF_8));
    }
    Path path =
        Files.write(
            folder.resolve("x.csv.gz"), Arrays.copyOf(whole.toByteArray(), whole.size() - 12));

    refuses(path, ": ends in the midst of what is packed: copy it again");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|: the file is empty; a header line is needed",
        "`~~~`|: the file is empty; a header line is needed",
        "`# nothing~`|: there are only comments; a header line is needed",
        "`1.5,2~1.5,2~`| line 1: holds numbers only; a header line with the names of the columns is"
            + " needed",
        "`value~50,691~50,702~`| line 2: has 2 cells, line 1 above it has 1: if these are decimal"
            + " commas, write decimal points",
        "`a,b~\"1\" 2,3~`| line 2: a quoted cell is never closed, or text follows its closing"
            + " quote; a quote within quotes is written twice"
      })
  void aFileThatCannotBeReadSaysWhatToDo(String content, String message) throws Exception {
    Path path = Files.writeString(folder.resolve("x.csv"), content.replace('~', '\n'));

    refuses(path, (message.startsWith(":") ? "" : " ") + message);
  }

  @Test
  void columnsOfTextAreNoFeaturesUnlessTheyMayBeTimesOrNumbers() throws Exception {
    CsvColumns columns = new CsvColumns("t", "", "", Duration.ofMinutes(1));
    Path path =
        Files.writeString(
            folder.resolve("x.csv"),
            "id,t,a,state,built\np-1,1700000000,1,OK,2024-01-01\np-1,1700000060,NA,,2024-01-01\n");

    CsvRecords records = new CsvRecords(List.of(path), columns);

    assertThat(records.features()).containsExactly("a");
    assertThat(records.notes())
        .containsExactly(
            "columns of text are no features and are skipped: built (\"2024-01-01\"), id"
                + " (\"p-1\"), state (\"OK\")");
  }

  @Test
  void nothingInACellOfTextReachesTheTerminalAsACommand() throws Exception {
    Path path =
        Files.writeString(folder.resolve("x.csv"), "a,state\n1,O\u001b[2JK\n2,O\u001b[2JK\n");

    CsvRecords records = new CsvRecords(List.of(path), CsvColumns.none());

    assertThat(records.notes())
        .containsExactly("columns of text are no features and are skipped: state (\"O?[2JK\")");
  }

  @Test
  void longCellsAreCutInMessages() throws Exception {
    String cell = "3".repeat(2_999) + "x";
    Path path = Files.writeString(folder.resolve("x.csv"), "a,b\n1,2\n" + cell + ",2\n");

    CsvRecords records = new CsvRecords(List.of(path), CsvColumns.none());

    assertThatThrownBy(() -> records.forEach(row -> {}))
        .hasMessageContaining("3… (3,000 characters)")
        .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(400));
  }

  @Test
  void aFileOfTextAloneIsRefused() throws Exception {
    Path path = Files.writeString(folder.resolve("x.csv"), "id,state\np-1,OK\np-2,OK\n");

    assertThatThrownBy(() -> new CsvRecords(List.of(path), CsvColumns.none()))
        .hasMessage(path + ": no column holds numbers: id (\"p-1\"), state (\"OK\")");
  }

  @Test
  void aDecimalCommaIsCalledSo() throws Exception {
    Path path = Files.writeString(folder.resolve("x.csv"), "a;b\n50,691;1\n50,7;1\n");

    CsvRecords records = new CsvRecords(List.of(path), CsvColumns.none());

    assertThatThrownBy(() -> records.forEach(row -> {}))
        .hasMessage(
            path
                + " line 2: column a holds \"50,691\", which is no number: is that a decimal comma?"
                + " Write 50.691");
  }

  private static List<String> cells(CsvFile file) throws IOException {
    List<String> rows = new ArrayList<>();
    try (CsvFile.Reader reader = file.read()) {
      for (Optional<CsvFile.Row> row = reader.next(); row.isPresent(); row = reader.next()) {
        rows.add(row.get().cells().get("a") + " " + row.get().cells().get("b"));
      }
    }
    return rows;
  }

  private static List<String> notes(CsvFile file) throws IOException {
    try (CsvFile.Reader reader = file.read()) {
      Optional<CsvFile.Row> row = reader.next();
      while (row.isPresent()) {
        row = reader.next();
      }
      return reader.notes();
    }
  }

  private static void refuses(Path path, String message) {
    assertThatThrownBy(() -> cells(new CsvFile(path)))
        .isInstanceOf(CsvFormatException.class)
        .hasMessage(path + message);
  }

  private Path zip(String name, String... entries) throws IOException {
    Path path = folder.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(path))) {
      out.putNextEntry(new ZipEntry("data/"));
      for (String entry : entries) {
        out.putNextEntry(new ZipEntry(entry));
        out.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
      }
    }
    return path;
  }
}
