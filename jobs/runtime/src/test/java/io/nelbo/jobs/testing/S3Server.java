package io.nelbo.jobs.testing;

import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.options.CopyOptions;
import org.jclouds.blobstore.options.ListContainerOptions;
import org.jclouds.blobstore.options.PutOptions;
import org.jclouds.blobstore.util.ForwardingBlobStore;

/** S3 over HTTP on a free port of this machine: signatures are checked, objects lie in memory. */
public final class S3Server implements AutoCloseable {
  private static final String NAME = "nelbo";
  private static final String SECRET = "not-much-of-a-secret";

  private final BlobStoreContext context =
      ContextBuilder.newBuilder(new TransientApiMetadata())
          .credentials(NAME, SECRET)
          .build(BlobStoreContext.class);
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final S3Proxy server;

  private S3Server() throws Exception {
    this.server =
        S3Proxy.builder()
            .blobStore(new Refusing(context.getBlobStore(), refused))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, NAME, SECRET)
            .build();
    server.start();
  }

  /** Starts it, without a bucket. */
  public static S3Server start() throws Exception {
    return new S3Server();
  }

  /** What Flink's S3 plug-in must know, in the words of Flink's configuration. */
  public Configuration flinkSettings() {
    Configuration settings = new Configuration();
    settings.setString("s3.endpoint", "http://127.0.0.1:" + server.getPort());
    settings.setString("s3.endpoint.region", "us-east-1");
    settings.setString("s3.path.style.access", "true");
    settings.setString("s3.access-key", NAME);
    settings.setString("s3.secret-key", SECRET);
    settings.setString("s3.attempts.maximum", "1"); // a test has no patience
    settings.setString("s3.retry.limit", "1");
    settings.setString("s3.retry.interval", "1ms");
    return settings;
  }

  public void createBucket(String bucket) {
    context.getBlobStore().createContainerInLocation(null, bucket);
  }

  /** Of all objects in the bucket, in order. */
  public Set<String> keys(String bucket) {
    Set<String> keys = new TreeSet<>();
    ListContainerOptions all = ListContainerOptions.Builder.recursive();
    for (StorageMetadata object : context.getBlobStore().list(bucket, all)) {
      keys.add(object.getName());
    }
    return keys;
  }

  /** Puts an object there behind everybody's back. */
  public void put(String bucket, String key, byte[] bytes) {
    BlobStore store = context.getBlobStore();
    store.putBlob(
        bucket, store.blobBuilder(key).payload(bytes).contentLength((long) bytes.length).build());
  }

  /** From now on an object of this key is answered with an error of the server, or no longer. */
  public void refuseToWrite(String key, boolean isRefused) {
    if (isRefused) {
      refused.add(key);
    } else {
      refused.remove(key);
    }
  }

  @Override
  public void close() throws Exception {
    server.stop();
    context.close();
  }

  /** A store that fails on some keys, before anything is written. */
  private static final class Refusing extends ForwardingBlobStore {
    private final Set<String> refused;

    Refusing(BlobStore store, Set<String> refused) {
      super(store);
      this.refused = refused;
    }

    @Override
    public String putBlob(String bucket, Blob blob) {
      requireAccepted(blob.getMetadata().getName());
      return super.putBlob(bucket, blob);
    }

    @Override
    public String putBlob(String bucket, Blob blob, PutOptions options) {
      requireAccepted(blob.getMetadata().getName());
      return super.putBlob(bucket, blob, options);
    }

    @Override
    public String copyBlob(
        String fromBucket, String from, String toBucket, String to, CopyOptions options) {
      requireAccepted(to);
      return super.copyBlob(fromBucket, from, toBucket, to, options);
    }

    private void requireAccepted(String key) {
      if (refused.contains(key)) {
        throw new IllegalStateException("the disk of the server is full");
      }
    }
  }
}
