package io.nelbo.model.train;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over what is put in, in this order. */
final class Digest {
  private final MessageDigest sha256;

  Digest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** With its length before it, so that two texts are not the same as one. */
  Digest text(String text) {
    return counted(text.getBytes(StandardCharsets.UTF_8));
  }

  /** With their number before them. */
  Digest counted(byte[] bytes) {
    return bytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array()).bytes(bytes);
  }

  Digest bytes(byte[] bytes) {
    sha256.update(bytes);
    return this;
  }

  /** In lower-case hex; nothing can be put in afterwards. */
  String hex() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}
